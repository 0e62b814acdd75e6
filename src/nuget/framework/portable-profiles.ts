/**
 * The known profiles of portable class libraries: which frameworks each number stands for.
 */

/** Profile number and short names of its frameworks, in alphabetical order. */
export const profileFrameworks: readonly (readonly [profileNumber: number, frameworks: string])[] = [
  [2, "net40+sl4+win8+wp7"],
  [3, "net40+sl4"],
  [4, "net45+sl4+win8+wp7"],
  [5, "net40+win8"],
  [6, "net403+win8"],
  [7, "net45+win8"],
  [14, "net40+sl5"],
  [18, "net403+sl4"],
  [19, "net403+sl5"],
  [23, "net45+sl4"],
  [24, "net45+sl5"],
  [31, "win81+wp81"],
  [32, "win81+wpa81"],
  [36, "net40+sl4+win8+wp8"],
  [37, "net40+sl5+win8"],
  [41, "net403+sl4+win8"],
  [42, "net403+sl5+win8"],
  [44, "net451+win81"],
  [46, "net45+sl4+win8"],
  [47, "net45+sl5+win8"],
  [49, "net45+wp8"],
  [78, "net45+win8+wp8"],
  [84, "wp81+wpa81"],
  [88, "net40+sl4+win8+wp75"],
  [92, "net40+win8+wpa81"],
  [95, "net403+sl4+win8+wp7"],
  [96, "net403+sl4+win8+wp75"],
  [102, "net403+win8+wpa81"],
  [104, "net45+sl4+win8+wp75"],
  [111, "net45+win8+wpa81"],
  [136, "net40+sl5+win8+wp8"],
  [143, "net403+sl4+win8+wp8"],
  [147, "net403+sl5+win8+wp8"],
  [151, "net451+win81+wpa81"],
  [154, "net45+sl4+win8+wp8"],
  [157, "win81+wp81+wpa81"],
  [158, "net45+sl5+win8+wp8"],
  [225, "net40+sl5+win8+wpa81"],
  [240, "net403+sl5+win8+wpa81"],
  [255, "net45+sl5+win8+wpa81"],
  [259, "net45+win8+wp8+wpa81"],
  [328, "net40+sl5+win8+wp8+wpa81"],
  [336, "net403+sl5+win8+wp8+wpa81"],
  [344, "net45+sl5+win8+wp8+wpa81"],
];

/** The profiles that may also list Mono and Xamarin frameworks. */
export const profilesWithMono: ReadonlySet<number> = new Set([
  5, 6, 7, 14, 19, 24, 37, 42, 44, 47, 49, 78, 92, 102, 111, 136, 147, 151, 158, 225, 255, 259, 328, 336, 344,
]);

/** Other names that mean the same framework in a list. */
export const frameworkAliases: ReadonlyMap<string, string> = new Map([
  ["win", "win8"],
  ["netcore", "win8"],
  ["netcore45", "win8"],
  ["winrt", "win8"],
  ["winrt45", "win8"],
  ["netcore451", "win81"],
  ["wp", "wp7"],
  ["wpa", "wpa81"],
]);

/** Identifiers of Mono and Xamarin frameworks, any version. */
export const monoIdentifiers: ReadonlySet<string> = new Set([
  "MonoAndroid",
  "MonoTouch",
  "Xamarin.iOS",
  "Xamarin.Mac",
  "Xamarin.WatchOS",
  "Xamarin.TVOS",
]);
