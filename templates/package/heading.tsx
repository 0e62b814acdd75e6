/**
 * The top of a package's page: what it is, in which version, and what to know before using it.
 */
import type { Notice, NoticeLink } from "../../src/site/package/notices.js";
import type { VersionModel } from "../../src/site/package/version-model.js";
import { Marks } from "../package-card.js";
import { PackageIcon } from "../package-icon.js";
import { Breakable } from "./breakable.js";
import { LongParagraph } from "./long-paragraph.js";

export function Heading({ model }: { readonly model: VersionModel }) {
  const { id, title, version, marks, icon, description, notices } = model;
  const banners = notices.filter(({ isQuiet }) => isQuiet === undefined);
  const quiet = notices.filter(({ isQuiet }) => isQuiet === true);
  return (
    <>
      <header class="package-heading">
        <PackageIcon icon={icon} id={id} size={64} />
        <div class="package-heading__text">
          <h1>
            <Breakable text={id} />
          </h1>
          <p class="package-heading__version">
            <span class="version">{version}</span>
            <Marks marks={marks} />
            {title !== undefined && letters(title) !== letters(id) && (
              <bdi class="package-heading__title">{title}</bdi>
            )}
            {quiet.map((notice) => (
              <span class="package-heading__quiet">
                <NoticeLine notice={notice} />
              </span>
            ))}
          </p>
        </div>
        {description !== undefined && (
          <div class="package-heading__description">
            <LongParagraph text={description} what="description" />
          </div>
        )}
      </header>
      {banners.length > 0 && (
        <div class="notices">
          {banners.map((notice) => (
            <NoticeBanner notice={notice} />
          ))}
        </div>
      )}
    </>
  );
}

/** Most titles are the id in other words, with blanks in the place of its dots. */
function letters(name: string): string {
  return name.replace(/[\s._-]/g, "").toLowerCase();
}

const tones = { vulnerable: "bad", deprecated: "warn", unlisted: "warn", newer: "info", prerelease: "info" };

function NoticeBanner({ notice }: { readonly notice: Notice }) {
  const { kind, message, links } = notice;
  return (
    <div class={`banner banner--${tones[kind]}`}>
      <p>
        <NoticeLine notice={notice} />
      </p>
      {message !== undefined && (
        <p class="banner__message" dir="auto">
          {message}
        </p>
      )}
      {kind !== "newer" && links.length > 0 && (
        <ul class="banner__links">
          {links.map((link) => (
            <li>
              <Link link={link} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A version to go to stands in the sentence itself. */
function NoticeLine({ notice: { kind, title, links } }: { readonly notice: Notice }) {
  return (
    <>
      <strong>{title}</strong> {kind === "newer" && links.map((link) => <Link link={link} />)}
    </>
  );
}

function Link({ link: { lead, text, href, rest } }: { readonly link: NoticeLink }) {
  return (
    <>
      {lead !== undefined && `${lead} `}
      <a href={href} rel={href.startsWith("http") ? "nofollow noopener" : undefined}>
        <bdi>{text}</bdi>
      </a>
      {rest !== undefined && ` ${rest}`}
    </>
  );
}
