/**
 * The dependencies of a version, by target framework.
 */

import { groupDigits } from "../../src/site/counted.js";
import type { ShownDependency, ShownGroup } from "../../src/site/package/dependency-groups.js";
import type { VersionModel } from "../../src/site/package/version-model.js";
import { Breakable } from "./breakable.js";

export function Dependencies({
  model: { dependencies, moreDependencies },
}: {
  readonly model: VersionModel;
}) {
  if (dependencies.every((group) => group.dependencies.length === 0))
    return <p>This version has no dependencies.</p>;
  return (
    <>
      <div class="dependency-groups">
        {dependencies.map((group) => (
          <Group group={group} />
        ))}
      </div>
      {moreDependencies > 0 && <p class="cut">And {groupDigits(moreDependencies)} more.</p>}
    </>
  );
}

function Group({ group: { label, dependencies } }: { readonly group: ShownGroup }) {
  return (
    <section class="dependency-group">
      <h3>{label}</h3>
      {dependencies.length === 0 ? (
        <p class="dependency-group__none">No dependencies</p>
      ) : (
        <ul>
          {dependencies.map((dependency) => (
            <Dependency dependency={dependency} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The key is what the script looks for in the feed. */
function Dependency({ dependency: { id, key, href, range } }: { readonly dependency: ShownDependency }) {
  return (
    <li>
      <a href={href} data-dependency={key}>
        <Breakable text={id} />
      </a>{" "}
      <span class="range">{range}</span>
    </li>
  );
}
