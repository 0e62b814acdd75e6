#!/usr/bin/env bash
# Packs the example packages again from src/ into this folder. Needs the .NET SDK; see README.md.
# The result depends only on src/, this script and the version of the SDK.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Building in a copy keeps bin/ and obj/ out of the tree; caches of its own keep an earlier packing of the same
# version out of the result.
cp -R "$here/src" "$work/src"
mkdir "$work/packed"
export NUGET_PACKAGES="$work/cache"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# pack <project> <version> <time of every entry in the package>
pack() {
  local project="$work/src/$1"
  rm -rf "$project/bin" "$project/obj"
  dotnet pack "$project" --configuration Release --output "$work/packed" --nologo --verbosity quiet \
    -p:Version="$2" -p:DeterministicTimestamp="$3" -p:ExamplePackagesFolder="$work/packed" \
    -p:UseSharedCompilation=false
  echo "packed $1 $2"
}

# Dependencies first.
pack Contoso.Core 1.0.0 2023-03-14T09:12:44Z
pack Contoso.Core 1.1.0 2023-09-20T15:40:06Z
pack Contoso.Core 1.2.0 2024-02-06T08:03:20Z
pack Contoso.Core 1.2.0.1 2024-02-27T10:31:58Z
pack Contoso.Core 2.0.0-beta.1+build.5 2024-10-15T13:22:10Z
pack Contoso.Core 2.0.0 2024-11-19T11:00:32Z
pack Contoso.Core 2.1.0-rc.1 2025-06-03T07:45:16Z
pack Contoso.Text 1.0.0 2023-10-02T12:15:00Z
pack Contoso.Text 1.1.0 2024-03-05T16:28:42Z
pack Contoso.Text 2.0.0 2024-12-03T09:50:24Z
pack Contoso.Logging 3.0.0 2025-01-14T14:05:12Z
pack Contoso.Logging 3.1.0 2025-04-08T10:10:10Z
pack Contoso.Legacy.Log 1.4.2 2023-11-07T17:36:54Z
pack Contoso.Greeter.Tool 1.0.0 2025-01-21T08:20:30Z
pack Contoso.Greeter.Tool 1.1.0 2025-03-18T13:13:36Z
pack Contoso.Greeter.Tool 2.0.0-preview.1 2025-06-17T09:02:04Z
pack Contoso.Templates 1.0.0 2025-02-11T15:55:48Z
pack Contoso.Build.Sdk 1.0.0 2025-02-25T11:41:20Z

rm -f "$here"/*.nupkg "$here"/*.snupkg
cp "$work"/packed/*.nupkg "$work"/packed/*.snupkg "$here"
