import type { Check } from '../check.ts';
import { crashLoop } from './crash-loop.ts';
import { createFailing } from './create-failing.ts';
import { creatingStuck } from './creating-stuck.ts';
import { failed } from './failed.ts';
import { finishedPiling } from './finished-piling.ts';
import { imagePullFailing } from './image-pull-failing.ts';
import { initStuck } from './init-stuck.ts';
import { killedRepeatedly } from './killed-repeatedly.ts';
import { leftoverPiling } from './leftover-piling.ts';
import { naked } from './naked.ts';
import { notReady } from './not-ready.ts';
import { oomKilled } from './oom-killed.ts';
import { phaseUnknown } from './phase-unknown.ts';
import { restartingOften } from './restarting-often.ts';
import { schedulingGated } from './scheduling-gated.ts';
import { staticNotReady } from './static-not-ready.ts';
import { terminatingStuck } from './terminating-stuck.ts';
import { unschedulable } from './unschedulable.ts';

export const POD_CHECKS: readonly Check[] = [
  crashLoop,
  createFailing,
  creatingStuck,
  failed,
  finishedPiling,
  imagePullFailing,
  initStuck,
  killedRepeatedly,
  leftoverPiling,
  naked,
  notReady,
  oomKilled,
  phaseUnknown,
  restartingOften,
  schedulingGated,
  staticNotReady,
  terminatingStuck,
  unschedulable,
];
