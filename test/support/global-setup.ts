/** Bundles the programs once, so that tests which start them as processes run what is in `src`. */
import { execFileSync } from "node:child_process";

export default function setup(): void {
  execFileSync(process.execPath, ["scripts/build.js", "--programs"], { stdio: "inherit" });
}
