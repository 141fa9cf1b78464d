/** What the collector's parts take of a stored rule pack: it was held against its signature and limits when it was applied. */
import { learnLifecycles } from '../agent/checks/lifecycle/extension.ts';
import { RulePack } from '../agent/packs/pack.ts';
import type { PackReader } from '../collector/main.ts';

export const PACKS: PackReader = {
  contentOf(text) {
    const { policies, holidays } = RulePack.parse(JSON.parse(text));
    return { policies, holidays };
  },
  learn(text) {
    learnLifecycles(text === '' ? {} : RulePack.parse(JSON.parse(text)).lifecycles);
  },
};
