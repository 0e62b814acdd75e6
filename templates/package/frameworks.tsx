/**
 * Which projects can use a version.
 */
import { frameworkLabel } from "../../src/site/package/framework-label.js";
import type { FrameworkFamily } from "../../src/site/package/framework-support.js";
import type { VersionModel } from "../../src/site/package/version-model.js";

export function Frameworks({ model: { frameworks } }: { readonly model: VersionModel }) {
  if (frameworks.length === 0) return <p>This version names no framework.</p>;
  const hasComputed = frameworks.some((family) => family.frameworks.some(({ isDirect }) => !isDirect));
  return (
    <>
      <div class="table-box">
        <table class="table frameworks">
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col">Frameworks</th>
            </tr>
          </thead>
          <tbody>
            {frameworks.map((family) => (
              <Family family={family} />
            ))}
          </tbody>
        </table>
      </div>
      {hasComputed && (
        <p class="frameworks__legend">
          <span class="framework framework--direct">included</span> The package is made for it.{" "}
          <span class="framework">compatible</span> NuGet lets it use what is made for another.
        </p>
      )}
    </>
  );
}

function Family({ family: { name, frameworks } }: { readonly family: FrameworkFamily }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <ul class="framework-list">
          {frameworks.map(({ name, isDirect }) => (
            <li class={isDirect ? "framework framework--direct" : "framework"} title={frameworkLabel(name)}>
              {name}
              {isDirect && <span class="visually-hidden"> (included)</span>}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
