/**
 * The files of a package as a tree.
 */
import { counted, groupDigits } from "../../src/site/counted.js";
import type { FileNode } from "../../src/site/package/file-tree.js";
import type { ShownFiles } from "../../src/site/package/package-page.js";

/** Trees up to this many files are open from the start. */
const maxOpen = 40;

export function Files({ files }: { readonly files: readonly ShownFiles[] }) {
  return (
    <>
      {files.map((shown) => (
        <VersionFiles files={shown} />
      ))}
      <p class="files__others" data-files-others hidden={files.length > 0}>
        The files of this version are not listed here: download the package to see them.
      </p>
    </>
  );
}

/** The script hides those of versions that are not shown. */
function VersionFiles({ files: { version, lower, tree } }: { readonly files: ShownFiles }) {
  return (
    <section data-files={lower}>
      <h3>
        <span class="version">{version}</span>{" "}
        <small>
          {counted(tree.files, "file")}, {tree.size} unpacked
        </small>
      </h3>
      <Entries entries={tree.entries} more={tree.more} isOpen={tree.files <= maxOpen} />
    </section>
  );
}

interface EntriesProps {
  readonly entries: readonly FileNode[];
  readonly isOpen: boolean;
  readonly more?: number | undefined;
}

function Entries({ entries, isOpen, more = 0 }: EntriesProps) {
  return (
    <ul class="tree">
      {entries.map((node) => (
        <li>
          <Node node={node} isOpen={isOpen} />
        </li>
      ))}
      {more > 0 && <li class="cut">And {groupDigits(more)} more.</li>}
    </ul>
  );
}

function Node({ node, isOpen }: { readonly node: FileNode; readonly isOpen: boolean }) {
  const { name, size, files, entries } = node;
  if (entries === undefined) {
    return (
      <div class="tree__line">
        <bdi>{files === undefined ? name : `${name}/`}</bdi> <Sums size={size} files={files} />
      </div>
    );
  }
  return (
    <details open={isOpen}>
      <summary class="tree__line">
        <bdi>{name}/</bdi> <Sums size={size} files={files} />
      </summary>
      <Entries entries={entries} isOpen={isOpen} />
    </details>
  );
}

function Sums({ size, files }: { readonly size: string; readonly files: number | undefined }) {
  return (
    <span class="tree__size">
      {files !== undefined && `${counted(files, "file")}, `}
      {size}
    </span>
  );
}
