/** All routes there are, in the order of the documentation. */
import { CONSOLE } from '../../console/pages.ts';
import type { AppDeps } from '../deps.ts';
import type { Api } from '../endpoint.ts';
import { advisoryRoutes } from './advisory-routes.ts';
import { credentialRoutes } from './credential-routes.ts';
import { federationRoutes } from './federation-routes.ts';
import { fleetRoutes } from './fleet-routes.ts';
import { iconRoutes } from './icon-routes.ts';
import { incidentRoutes } from './incident-routes.ts';
import { ingestRoutes } from './ingest-routes.ts';
import { inspectionRoutes } from './inspection-routes.ts';
import { notifyRoutes } from './notify-routes.ts';
import { oidcRoutes } from './oidc-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { reportScheduleRoutes } from './report-schedule-routes.ts';
import { reportSignOffRoutes } from './report-sign-off-routes.ts';
import { riskRoutes } from './risk-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { systemRoutes } from './system-routes.ts';
import { userRoutes } from './user-routes.ts';
import { windowRoutes } from './window-routes.ts';

export const ROUTES: readonly ((api: Api, deps: AppDeps) => void)[] = [
  systemRoutes,
  sessionRoutes,
  oidcRoutes,
  userRoutes,
  fleetRoutes,
  credentialRoutes,
  ingestRoutes,
  federationRoutes,
  inspectionRoutes,
  riskRoutes,
  incidentRoutes,
  windowRoutes,
  policyRoutes,
  notifyRoutes,
  reportRoutes,
  reportSignOffRoutes,
  reportScheduleRoutes,
  recordRoutes,
  advisoryRoutes,
  iconRoutes,
  ...CONSOLE,
];
