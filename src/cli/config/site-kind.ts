/**
 * The kind of the setting `site`: whether there is to be a web site, and in JSON also what it is to look like.
 */
import { FeedError } from "../../errors.js";
import { parseSiteSettings, type SiteSettings } from "../../feed/site-settings.js";
import { type Kind, switchKind } from "./kinds.js";

export const siteKind: Kind<boolean | SiteSettings> = {
  fromText: (text, refuse) => switchKind.fromText(text, refuse),
  fromJson: (value, refuse, place) => {
    if (typeof value === "boolean") return value;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw refuse('true, false or an object such as {"title": "Contoso packages"}');
    return parseAt(place, value);
  },
};

/** Errors of a site's settings name their key; here they also name the file that the settings stand in. */
function parseAt(place: string, value: object): SiteSettings {
  try {
    return parseSiteSettings(value);
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const { code, message, hint } = error;
    const reason = message.replace(/^C/, "c");
    throw new FeedError(code, `Cannot use ${place}: ${reason}`, {
      cause: error,
      ...(hint !== undefined && { hint }),
    });
  }
}
