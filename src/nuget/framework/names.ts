/**
 * The known framework identifiers and profiles with their short names (protocol.md §10.5).
 */
import { ignoreCase } from "../dotnet-text.js";

/** Identifier, short name, and further names that are read as the same. */
const identifiers: readonly (readonly [identifier: string, shortName: string, ...synonyms: string[]])[] = [
  [".NETCoreApp", "netcoreapp"],
  [".NETStandardApp", "netstandardapp"],
  [".NETStandard", "netstandard"],
  [".NETPlatform", "dotnet"],
  [".NETFramework", "net", "NETFramework", ".NET"],
  [".NETMicroFramework", "netmf"],
  ["Silverlight", "sl"],
  [".NETPortable", "portable", "NETPortable"],
  ["WindowsPhone", "wp"],
  ["WindowsPhoneApp", "wpa"],
  ["Windows", "win"],
  ["ASP.NET", "aspnet"],
  ["ASP.NETCore", "aspnetcore"],
  ["native", "native"],
  ["MonoAndroid", "monoandroid"],
  ["MonoTouch", "monotouch"],
  ["MonoMac", "monomac"],
  ["Xamarin.iOS", "xamarinios"],
  ["Xamarin.Mac", "xamarinmac"],
  ["Xamarin.PlayStation3", "xamarinpsthree", "Xamarin.PlayStationThree", "XamarinPlayStationThree"],
  ["Xamarin.PlayStation4", "xamarinpsfour", "Xamarin.PlayStationFour", "XamarinPlayStationFour"],
  ["Xamarin.PlayStationVita", "xamarinpsvita", "XamarinPlayStationVita"],
  ["Xamarin.WatchOS", "xamarinwatchos"],
  ["Xamarin.TVOS", "xamarintvos"],
  ["Xamarin.Xbox360", "xamarinxboxthreesixty"],
  ["Xamarin.XboxOne", "xamarinxboxone"],
  ["DNX", "dnx"],
  ["DNXCore", "dnxcore"],
  [".NETCore", "netcore"],
  ["WinRT", "winrt"],
  ["UAP", "uap"],
  ["Tizen", "tizen"],
  [".NETnanoFramework", "netnano"],
];

/** Profile and short name, for all frameworks alike. `Full` is no profile. */
const profiles: readonly (readonly [profile: string, shortName: string])[] = [
  ["Client", "Client"],
  ["CompactFramework", "CF"],
  ["", "Full"],
  ["WindowsPhone", "WP"],
  ["WindowsPhone71", "WP71"],
];

const identifierByName = new Map(
  identifiers.flatMap(([identifier, ...names]) =>
    [identifier, ...names].map((name) => [ignoreCase(name), identifier]),
  ),
);
const shortNameByIdentifier = new Map(
  identifiers.map(([identifier, shortName]) => [ignoreCase(identifier), shortName]),
);
const profileByName = new Map(
  profiles.flatMap(([profile, shortName]) => [profile, shortName].map((name) => [ignoreCase(name), profile])),
);
const shortNameByProfile = new Map(
  profiles.flatMap(([profile, shortName]) => (profile === "" ? [] : [[ignoreCase(profile), shortName]])),
);

/** The canonical identifier for any of its names. */
export function findIdentifier(name: string): string | undefined {
  return identifierByName.get(ignoreCase(name));
}

/** The short name of a known identifier. */
export function shortIdentifier(identifier: string): string | undefined {
  return shortNameByIdentifier.get(ignoreCase(identifier));
}

/** The canonical profile for its short or long name; unknown ones are their own name. */
export function expandProfile(name: string): string {
  return profileByName.get(ignoreCase(name)) ?? name;
}

/** The short name of a profile; unknown ones are their own name. */
export function shortenProfile(profile: string): string {
  return shortNameByProfile.get(ignoreCase(profile)) ?? profile;
}
