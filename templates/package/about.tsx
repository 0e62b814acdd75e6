/**
 * The facts of a version beside its readme.
 */
import type { Child, PropsWithChildren } from "hono/jsx";
import { groupDigits } from "../../src/site/counted.js";
import type { SourceRepository } from "../../src/site/package/version-details.js";
import type { ShownLicense, VersionModel } from "../../src/site/package/version-model.js";
import { Breakable } from "./breakable.js";

export function About({ model }: { readonly model: VersionModel }) {
  return (
    <>
      <p class="about__download">
        <a class="button" href={model.downloadHref} download="">
          Download <span class="about__size">{model.size}</span>
        </a>
      </p>
      <dl class="about__facts">
        <Fact name="Published">{model.published && <time>{model.published}</time>}</Fact>
        <Fact name="Licence">{model.license && <License model={model} license={model.license} />}</Fact>
        <Fact name="Project">{model.projectUrl && <WebLink url={model.projectUrl} />}</Fact>
        <Fact name="Source code">{model.repository && <Source repository={model.repository} />}</Fact>
        <Fact name="Authors">{model.authors && <bdi>{spaced(model.authors)}</bdi>}</Fact>
        <Fact name="Owners">{model.owners.length > 0 && <Names names={model.owners} />}</Fact>
        <Fact name="Signature">{signatureText(model)}</Fact>
        <Fact name="Symbols">{model.hasSymbols ? "In the package" : "Not in the package"}</Fact>
        <Fact name="Needs client">{model.minClientVersion && `NuGet ${model.minClientVersion}`}</Fact>
        <Fact name="Copyright">{model.copyright && <bdi>{model.copyright}</bdi>}</Fact>
        <Fact name="SHA-512">
          <Hash hash={model.sha512} />
        </Fact>
        <Fact name="Manifest">
          <a href={model.nuspecHref}>.nuspec</a>
        </Fact>
        <Fact name="Tags">{model.tags.length > 0 && <Tags model={model} />}</Fact>
      </dl>
    </>
  );
}

/** Nothing for what a version does not say. */
function Fact({ name, children }: PropsWithChildren<{ readonly name: string }>) {
  if (isEmpty(children)) return <></>;
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function isEmpty(children: Child): boolean {
  return Array.isArray(children)
    ? children.every(isEmpty)
    : children === undefined || children === null || children === false || children === "";
}

function License({ model, license }: { readonly model: VersionModel; readonly license: ShownLicense }) {
  return (
    <>
      {license.kind === "link" ? (
        <WebLink url={license.href} text={license.text} />
      ) : (
        license.parts.map(({ text, href }) =>
          href === undefined ? text : <WebLink url={href} text={text} />,
        )
      )}
      {model.requiresAcceptance && " (must be accepted)"}
    </>
  );
}

/** Long addresses are shown without scheme and final slash. */
function WebLink({ url, text }: { readonly url: string; readonly text?: string }) {
  const rel = /^https?:/i.test(url) ? "nofollow noopener" : undefined;
  return (
    <a href={url} rel={rel}>
      <Breakable text={text ?? url.replace(/^https?:\/\//i, "").replace(/\/$/, "")} />
    </a>
  );
}

function Source({ repository: { page, commit, commitPage } }: { readonly repository: SourceRepository }) {
  const short = commit?.slice(0, 8);
  return (
    <>
      <WebLink url={page} />
      {short !== undefined && (
        <>
          {" at "}
          <code title={commit}>
            {commitPage === undefined ? short : <WebLink url={commitPage} text={short} />}
          </code>
        </>
      )}
    </>
  );
}

/** Most are written as a list of names without blanks. */
function spaced(names: string): string {
  return names.replace(/,(?=\S)/g, ", ");
}

function Names({ names }: { readonly names: readonly string[] }) {
  return (
    <>
      {names.map((name, index) => (
        <>
          {index > 0 && ", "}
          <bdi>{name}</bdi>
        </>
      ))}
    </>
  );
}

function signatureText({ signature }: VersionModel): string {
  if (signature === undefined) return "Not signed";
  return signature === "author" ? "Signed by the author" : "Signed by a repository";
}

/** Nobody reads a hash; it is there to be compared. */
function Hash({ hash }: { readonly hash: string }) {
  return (
    <div class="hash">
      <code class="hash__text" title={hash}>
        {hash}
      </code>
      <button class="copy" type="button" data-copy={hash} aria-label="Copy SHA-512">
        Copy
      </button>
    </div>
  );
}

function Tags({ model: { tags, moreTags } }: { readonly model: VersionModel }) {
  return (
    <>
      <ul class="tags">
        {tags.map(({ text, href }) => (
          <li>
            <a href={href} rel="nofollow">
              <bdi>{text}</bdi>
            </a>
          </li>
        ))}
      </ul>
      {moreTags > 0 && <p class="cut">And {groupDigits(moreTags)} more.</p>}
    </>
  );
}
