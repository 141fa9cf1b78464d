/** Every page of the console, in the order of its rail. */
import type { AppDeps } from '../http/deps.ts';
import type { Api } from '../http/endpoint.ts';
import { assetRoutes } from './assets.ts';
import { liveRoutes } from './live.ts';
import { accountPages } from './pages/account.ts';
import { adminClusterPages } from './pages/admin/clusters.ts';
import { customerPages } from './pages/admin/customers.ts';
import { holidayPages } from './pages/admin/holidays.ts';
import { notificationPages } from './pages/admin/notifications.ts';
import { oncePages } from './pages/admin/once.ts';
import { policyPages } from './pages/admin/policies.ts';
import { systemPages } from './pages/admin/system.ts';
import { userPages } from './pages/admin/users.ts';
import { calendarPages } from './pages/calendar.ts';
import { clusterTabPages } from './pages/cluster-tabs.ts';
import { clusterPages } from './pages/clusters.ts';
import { findingPages } from './pages/finding.ts';
import { findingsPages } from './pages/findings.ts';
import { incidentPages } from './pages/incidents.ts';
import { inspectNowPages } from './pages/inspect-now.ts';
import { newReportPages } from './pages/new-report.ts';
import { overviewPages } from './pages/overview.ts';
import { privacyPages } from './pages/privacy.ts';
import { reportDiffPages } from './pages/report-diff.ts';
import { reportPreviewPages } from './pages/report-preview.ts';
import { reportSchedulePages } from './pages/report-schedules.ts';
import { reportPages } from './pages/reports.ts';
import { setupPages } from './pages/setup.ts';
import { signInPages } from './pages/sign-in.ts';
import { sitePages } from './pages/site.ts';

export const CONSOLE: readonly ((api: Api, deps: AppDeps) => void)[] = [
  assetRoutes,
  liveRoutes,
  signInPages,
  setupPages,
  overviewPages,
  clusterPages,
  clusterTabPages,
  inspectNowPages,
  findingsPages,
  findingPages,
  incidentPages,
  calendarPages,
  newReportPages,
  reportDiffPages,
  reportPreviewPages,
  reportPages,
  reportSchedulePages,
  privacyPages,
  sitePages,
  customerPages,
  adminClusterPages,
  userPages,
  oncePages,
  policyPages,
  holidayPages,
  notificationPages,
  systemPages,
  accountPages,
];
