/**
 * The web addresses of files in a package's repository, for the hosts whose addresses are known by their form. Files are
 * taken from the default branch: a readme that many versions share is then rendered once.
 */
import { webUrl } from "../../feed/links.js";

export interface RepositoryHost {
  /** The repository's own page, without `.git`. */
  readonly page: string;
  /** Where a file is shown; `{path}` stands for its path. */
  readonly shown: string;
  /** Where a file's bytes are; `{path}` stands for its path. */
  readonly raw: string;
  /** Where a commit is shown; `{commit}` stands for its hash. */
  readonly commit: string;
}

interface HostForm {
  /** Of `host/path`, without `.git`; its first group is the repository's path. */
  readonly pattern: RegExp;
  readonly shown: string;
  readonly raw: string;
  readonly commit: string;
}

const forms: readonly HostForm[] = [
  {
    pattern: /^(?:www\.)?(github\.com\/[\w.-]+\/[\w.-]+)$/i,
    shown: "/blob/HEAD/{path}",
    raw: "/raw/HEAD/{path}",
    commit: "/tree/{commit}",
  },
  {
    pattern: /^(gitlab\.[\w.-]+(?:\/[\w.-]+){2,})$/i,
    shown: "/-/blob/HEAD/{path}",
    raw: "/-/raw/HEAD/{path}",
    commit: "/-/tree/{commit}",
  },
  {
    pattern: /^(bitbucket\.org\/[\w.-]+\/[\w.-]+)$/i,
    shown: "/src/HEAD/{path}",
    raw: "/raw/HEAD/{path}",
    commit: "/src/{commit}/",
  },
  {
    pattern: /^((?:dev\.azure\.com\/[^/]+\/[^/]+|[\w-]+\.visualstudio\.com(?:\/[^/]+){1,2})\/_git\/[^/]+)$/i,
    shown: "?path=/{path}",
    raw: "?path=/{path}&download=true",
    commit: "/commit/{commit}",
  },
];

/** Finds the host of a repository by the address in the nuspec: `https://…`, `git@host:path`, `git://…`. */
export function repositoryHost(url: string | undefined): RepositoryHost | undefined {
  const address = repositoryPage(url);
  if (address === undefined) return undefined;
  const location = address.replace(/^https?:\/\//i, "");
  for (const { pattern, ...form } of forms) {
    const match = pattern.exec(location);
    if (match?.[1] === undefined) continue;
    const page = `https://${match[1]}`;
    return { page, shown: page + form.shown, raw: page + form.raw, commit: page + form.commit };
  }
  return undefined;
}

/** A repository's address as a web page: forms that only git understands are turned round, others dropped. */
export function repositoryPage(url: string | undefined): string | undefined {
  const text = (url ?? "").trim();
  const secure = text
    .replace(/^(?:git\+)?(https?:)/i, "$1")
    .replace(/^(?:git|ssh|git\+ssh):\/\/(?:[\w.-]+@)?/i, "https://")
    .replace(/^[\w.-]+@([\w.-]+):(?!\/)/, "https://$1/");
  const page = webUrl(secure);
  if (page === undefined) return undefined;
  const parsed = new URL(page);
  parsed.username = "";
  parsed.password = "";
  parsed.search = "";
  parsed.hash = "";
  parsed.pathname = parsed.pathname.replace(/\/+$/, "").replace(/\.git$/i, "");
  return parsed.href.replace(/\/$/, "");
}
