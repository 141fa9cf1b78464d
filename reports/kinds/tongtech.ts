/** The half-yearly health check of TongTech middleware, by the vendor's four groups. */

import { appendix } from '../chapters/appendix.ts';
import { adviceSignOff } from '../chapters/sign-off.ts';
import {
  configurationChapter,
  feedbackChapter,
  licenseChapter,
  loadChapter,
  logChapter,
  platformChapter,
  resourcesChapter,
  tongtechConclusion,
  tongtechScope,
} from '../chapters/tongtech.ts';
import { adviceChapter } from '../chapters/tongtech-advice.ts';
import { forecastsList } from '../lists/forecasts.ts';
import { hostParametersList } from '../lists/host-parameters.ts';
import { listSheet } from '../lists/list.ts';
import { allItems, instancesList, licensesList } from '../lists/middleware.ts';
import { datasourcesList, listenersList } from '../lists/middleware-pools.ts';
import { settingsList } from '../lists/middleware-settings.ts';
import { systemsList } from '../lists/systems.ts';
import { checksSheet } from '../sheets/checks.ts';
import { findingsSheet } from '../sheets/findings.ts';
import { gatherersSheet } from '../sheets/gatherers.ts';
import { overviewSheet } from '../sheets/overview.ts';
import type { ReportKind } from './kind.ts';

export const tongtech: ReportKind = {
  id: 'tongtech',
  title: { zh: '东方通中间件巡检报告', en: 'TongTech middleware inspection report' },
  front: [],
  body: [
    tongtechScope,
    tongtechConclusion,
    platformChapter,
    resourcesChapter,
    loadChapter,
    configurationChapter,
    logChapter,
    licenseChapter,
    adviceChapter,
    feedbackChapter,
    adviceSignOff,
  ],
  back: [appendix],
  sheets: [
    overviewSheet,
    listSheet(instancesList),
    listSheet(allItems),
    listSheet(settingsList),
    listSheet(listenersList),
    listSheet(datasourcesList),
    listSheet(licensesList),
    listSheet(systemsList),
    listSheet(hostParametersList),
    listSheet(forecastsList),
    findingsSheet,
    checksSheet,
    gatherersSheet,
  ],
};
