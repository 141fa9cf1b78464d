/** Every step of the schema, in order. Append only. */
import type { Migration } from '../migrate.ts';
import { initial } from './0001-initial.ts';
import { reports } from './0002-reports.ts';
import { reportRecords } from './0003-report-records.ts';
import { consoleTables } from './0004-console.ts';
import { packedRollups } from './0005-packed-rollups.ts';
import { inspectionRequests } from './0006-inspection-requests.ts';

export const MIGRATIONS: readonly Migration[] = [initial, reports, reportRecords, consoleTables, packedRollups, inspectionRequests];
