import { JOB_SECTIONS } from './workloads-jobs.ts';
import { POD_SECTIONS } from './workloads-pods.ts';
import { SCALING_SECTIONS } from './workloads-scaling.ts';
import { TEMPLATE_SECTIONS } from './workloads-templates.ts';
import { USAGE_SECTIONS } from './workloads-usage.ts';

export const CLUSTER_WORKLOADS_SECTIONS = { ...POD_SECTIONS, ...TEMPLATE_SECTIONS, ...JOB_SECTIONS, ...SCALING_SECTIONS, ...USAGE_SECTIONS } as const;
