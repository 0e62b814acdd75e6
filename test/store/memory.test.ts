import { createMemoryStore } from "../../src/store/memory.js";
import { describeStoreContract } from "../contract/store.js";

describeStoreContract("memory", () => ({ store: createMemoryStore() }));
