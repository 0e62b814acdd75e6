/**
 * What is shown under one choice of versions, as numbers only: a question goes through thousands of documents, and
 * looking at the entries themselves would take most of its time. Made when first asked for, thrown away by changes.
 */
import { HIDDEN, type ModeView, rankedEntries, type SearchIndex, type VersionMode } from "./search-index.js";

export function modeView(index: SearchIndex, mode: VersionMode): ModeView {
  const entries = rankedEntries(index);
  const known = index.views.get(mode);
  if (known !== undefined) return known;
  const shown: number[] = [];
  const positions = new Uint32Array(index.documents.length).fill(HIDDEN);
  for (const entry of entries) {
    const document = entry.shown[mode]?.document;
    if (document === undefined) continue;
    shown.push(entry.position);
    positions[document] = entry.position;
  }
  const nameLengths = Uint8Array.from(entries, (entry) => Math.min(entry.nameLength, 255));
  const view = { shown: Uint32Array.from(shown), positions, nameLengths };
  index.views.set(mode, view);
  return view;
}
