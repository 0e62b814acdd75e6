/**
 * What a repair needs: the reading half of a verification, and the publishing half of every other command.
 */
import type { PublishContext } from "../../publish/context.js";
import type { VerifyContext } from "../context.js";

export interface RepairContext {
  readonly verify: VerifyContext;
  /** Its settings are those that the verification found. */
  readonly publish: PublishContext;
}
