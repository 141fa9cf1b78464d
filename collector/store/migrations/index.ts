/** Every step of the schema, in order. Append only. */
import type { Migration } from '../migrate.ts';
import { initial } from './0001-initial.ts';
import { reports } from './0002-reports.ts';
import { reportRecords } from './0003-report-records.ts';
import { consoleTables } from './0004-console.ts';
import { packedRollups } from './0005-packed-rollups.ts';
import { inspectionRequests } from './0006-inspection-requests.ts';
import { carried } from './0007-carried.ts';
import { packs } from './0008-packs.ts';
import { federation } from './0009-federation.ts';
import { targetsWorked } from './0010-targets-worked.ts';
import { findingRoles } from './0011-finding-roles.ts';
import { leaves } from './0012-leaves.ts';
import { signatures } from './0013-signatures.ts';

export const MIGRATIONS: readonly Migration[] = [
  initial,
  reports,
  reportRecords,
  consoleTables,
  packedRollups,
  inspectionRequests,
  carried,
  packs,
  federation,
  targetsWorked,
  findingRoles,
  leaves,
  signatures,
];
