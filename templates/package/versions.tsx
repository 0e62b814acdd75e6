/**
 * The table of versions, by major version.
 */
import { groupDigits } from "../../src/site/counted.js";
import type { VersionGroup, VersionRow } from "../../src/site/package/version-rows.js";
import { Marks } from "../package-card.js";

export interface VersionsProps {
  readonly groups: readonly VersionGroup[];
  /** How many there are, and how many of them are not in the table. */
  readonly versions: number;
  readonly moreVersions: number;
  readonly versionsHref: string;
}

/** The script puts a filter above the table, and the other versions into it. */
export function Versions({ groups, versions, moreVersions, versionsHref }: VersionsProps) {
  return (
    <>
      <div class="table-box">
        <table class="table versions" id="versions-table">
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Published</th>
              <th scope="col" class="number">
                Size
              </th>
              <th scope="col">Package</th>
              <th scope="col">Hash</th>
            </tr>
          </thead>
          {groups.map((group) => (
            <Group group={group} />
          ))}
        </table>
      </div>
      {moreVersions > 0 && (
        <p class="versions__more" data-more-versions={moreVersions}>
          These are the newest of {groupDigits(versions)} versions.{" "}
          <a href={versionsHref}>All of them as JSON</a>
        </p>
      )}
    </>
  );
}

export function Group({ group: { label, rows } }: { readonly group: VersionGroup }) {
  return (
    <tbody>
      <tr class="versions__major">
        <th colspan={5} scope="rowgroup">
          {label}
        </th>
      </tr>
      {rows.map((row) => (
        <Row row={row} />
      ))}
    </tbody>
  );
}

/** The id is where the link leads without a script. */
function Row({ row }: { readonly row: VersionRow }) {
  const { version, lower, published, size, sha512, marks, downloadHref } = row;
  return (
    <tr id={lower}>
      <td>
        <a href={`#${lower}`}>{version}</a>
        <Marks marks={marks} />
      </td>
      <td>{published !== undefined && <time>{published}</time>}</td>
      <td class="number">{size}</td>
      <td>
        <a href={downloadHref} download="" aria-label={`.nupkg of ${version}`}>
          .nupkg
        </a>
      </td>
      <td>
        <details>
          <summary>SHA-512</summary>
          <code>{sha512}</code>
        </details>
      </td>
    </tr>
  );
}
