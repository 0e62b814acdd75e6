export type LowerVersion = string & { readonly __brand: "LowerVersion" };
export interface NuGetVersion {
  readonly major: number;
}
