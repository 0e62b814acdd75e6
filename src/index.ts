/**
 * The public API: what the command line does, for programs.
 */
export { add } from "./build/add.js";
export { build } from "./build/build.js";
export { RefusedBuildError } from "./build/guards.js";
export type {
  AddedVersion,
  AddOptions,
  AddReport,
  BuildOptions,
  BuildPhase,
  BuildReport,
  ChangeKind,
  PlannedChange,
  Problem,
  ProblemSeverity,
  Progress,
} from "./build/options.js";
export { FeedError, type FeedErrorOptions, PackageError } from "./errors.js";
export type { FeedSettings } from "./feed/settings.js";
export type { AtomFeeds, SiteLink, SiteSettings } from "./feed/site-settings.js";
export { type ByteSource, bytesSource } from "./nuget/byte-source.js";
export {
  type InspectedPackage,
  inspectPackage,
  type PackagedFile,
  type PackageEntry,
} from "./nuget/inspect.js";
export type * from "./nuget/nuspec-model.js";
export { createStaticHandler, type FeedAppOptions, type StaticHandler } from "./serve/app.js";
export type { StaticOptions } from "./serve/files/base-urls.js";
export type { PublishSettings } from "./serve/node/folder-publishing.js";
export { type FeedServer, type ServeOptions, startServer } from "./serve/node/start-server.js";
export type { RequestEntry } from "./serve/request-log.js";
export { openFolder } from "./store/fs.js";
export { createMemoryStore } from "./store/memory.js";
export type * from "./store/store.js";
export { type Finding, type FindingKind, findingReason } from "./verify/finding.js";
export { type FindingHelp, findingHelp } from "./verify/finding-help.js";
export type { VerifyOptions } from "./verify/node/options.js";
export { verify } from "./verify/node/verify.js";
export type { VerifyProgress, VerifyReport } from "./verify/report.js";
