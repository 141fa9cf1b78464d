/**
 * How V8 runs this process, decided before anything else is loaded; the first import of the command line.
 *
 * Of every command: the space for young objects would grow to 64 MB, where a stream of short-lived Kubernetes objects fills it.
 * Kept small, the process stays some 50 MB smaller for a few percent more time in the collector.
 *
 * Of `agent` and `inspect`: no fetch, which axios would load for nothing.
 *
 * Of `agent`: what stays on the node answers probes and waits; inspections and looks are processes of their own. Without the
 * optimising compilers it keeps some 6 MB less for ever (all measured by `npm run bench`).
 */
import { setFlagsFromString } from 'node:v8';
import { withoutFetch } from '../agent/runtime/without-fetch.ts';

const STAYING_SMALL = ['--no-opt', '--no-sparkplug', '--no-maglev', '--optimize-for-size', '--regexp-interpret-all'];

setFlagsFromString('--semi-space-growth-factor=1');
const command = process.argv[2] ?? '';
if (command === 'agent') for (const flag of STAYING_SMALL) setFlagsFromString(flag);
if (command === 'agent' || command === 'inspect') withoutFetch();
