/**
 * What a repair needs: the reading half of a verification, the publishing half of every other command, and what makes lost state
 * again.
 */
import type { PublishContext } from "../../publish/context.js";
import type { RecoverContext } from "../../publish/recover/context.js";
import type { VerifyContext } from "../context.js";

export interface RepairContext {
  readonly verify: VerifyContext;
  /** Its settings are those that the verification found. */
  readonly publish: PublishContext;
  readonly recover: RecoverContext;
}
