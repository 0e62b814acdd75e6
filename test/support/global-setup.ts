/** Compiles the program once, so that tests which start it as a process run what is in `src`. */
import { execFileSync } from "node:child_process";

export default function setup(): void {
  execFileSync(
    process.execPath,
    ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--noCheck"],
    {
      stdio: "inherit",
    },
  );
}
