import { join } from "node:path";
import { openFolder } from "../../src/store/fs.js";
import { describeStoreContract } from "../contract/store.js";
import { makeTemporaryFolder } from "../support/temporary-folder.js";

describeStoreContract("folder", async () => {
  const folder = await makeTemporaryFolder();
  return { store: openFolder(join(folder.path, "feed")), close: folder.remove };
});
