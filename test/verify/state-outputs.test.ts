/** Wrong words of the state about written files: what verification says of them, and how a repair mends them. */
import { replace } from "../support/damaged-feed.js";
import { core, type Damage, editLine, index, testDamages } from "./state-damages.js";

const damages: readonly Damage[] = [
  {
    what: "an id is not finished",
    damage: editLine(core, (state) => {
      delete state.rendered;
    }),
    findings: [`unfinished ${core}`, `state-outdated ${index}`],
  },
  {
    what: "a file of an id is under way",
    damage: editLine(core, ({ outputs }) => {
      outputs["v3/flat/contoso.core/index.json"] = "?";
    }),
    findings: [`unfinished ${core}`, `state-outdated ${index}`],
  },
  {
    what: "a file of an id is forgotten",
    damage: editLine(core, ({ outputs }) => {
      delete outputs["v3/flat/contoso.core/index.json"];
    }),
    findings: [`state-outdated ${index}`, "output-misrecorded v3/flat/contoso.core/index.json"],
  },
  {
    what: "a file of an id is recorded with other bytes",
    damage: editLine(core, ({ outputs }) => {
      outputs["v3/flat/contoso.core/index.json"] = "0".repeat(32);
    }),
    findings: [`state-outdated ${index}`, "output-misrecorded v3/flat/contoso.core/index.json"],
  },
  {
    what: "an id names a file of another id",
    damage: editLine(core, (state) => {
      state.obsolete = ["v3/flat/contoso.text/index.json", "../etc/passwd"];
    }),
    findings: [`state-damaged ${core}`, `state-damaged ${core}`],
  },
  {
    what: "a file was not deleted",
    damage: async (store) => {
      await replace(store, "v3/flat/contoso.core/0.9.0/contoso.core.nuspec", "<package />");
      await editLine(core, (state) => {
        state.obsolete = ["v3/flat/contoso.core/0.9.0/contoso.core.nuspec"];
      })(store);
    },
    findings: [`state-outdated ${index}`, "output-obsolete v3/flat/contoso.core/0.9.0/contoso.core.nuspec"],
  },
  {
    what: "a file that nothing wants is recorded",
    damage: async (store) => {
      await replace(store, "v3/flat/contoso.core/0.9.0/readme", "# Old");
      await editLine(core, ({ outputs }) => {
        outputs["v3/flat/contoso.core/0.9.0/readme"] = "0".repeat(32);
      })(store);
    },
    findings: [`state-outdated ${index}`, "output-misrecorded v3/flat/contoso.core/0.9.0/readme"],
  },
];

testDamages(damages);
