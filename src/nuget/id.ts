export type PackageId = string & { readonly __brand: "PackageId" };
export type LowerId = string & { readonly __brand: "LowerId" };
