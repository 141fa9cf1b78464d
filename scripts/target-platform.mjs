/**
 * The lines of `.npmrc` with which npm takes the packages of another processor than this machine's.
 * usage: node scripts/target-platform.mjs [amd64|arm64]   (the names of images; without one, this machine's processor)
 */
const CPUS = { amd64: 'x64', arm64: 'arm64', x64: 'x64' };

/** @throws for a processor that neither images nor archives exist for */
export function npmrcOf(name) {
  const cpu = CPUS[name];
  if (cpu === undefined) throw new Error(`images and archives exist for amd64 (x64) and arm64, not for ${name}`);
  return `cpu=${cpu}\nos=linux\nlibc=glibc`;
}

if (import.meta.main) console.log(npmrcOf(process.argv[2] || process.arch));
