/**
 * Writes sbom.cdx.json (CycloneDX) and licences.md of what is in an image.
 * usage: node scripts/sbom.mjs agent|collector LOCK FOLDER, LOCK the `.package-lock.json` that npm left in its node_modules
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Enums, Models, Serialize, SPDX, Spec } from '@cyclonedx/cyclonedx-library';

const [image, lockFile, folder] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));

/** Code of theirs within our files. */
const bundled = JSON.parse(readFileSync('dist/bundled.json', 'utf8'));
/** What runs us is the base image's, under its own licence. */
const isIncluded = ([path, { dev }]) => path !== '' && !dev && !/\/node-linux-[^/]+$/.test(path);
const found = Object.entries(packages)
  .filter(isIncluded)
  .map(([path, facts]) => ({ ...facts, name: facts.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), license: String(facts.license ?? 'unknown') }))
  .concat(bundled)
  .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));

function licenceOf(text) {
  if (SPDX.isSupportedSpdxId(text)) return new Models.SpdxLicense(text);
  return / (AND|OR|WITH) /.test(text) ? new Models.LicenseExpression(text.replace(/^(?!\().*(?<!\))$/, '($&)')) : new Models.NamedLicense(text);
}

const bom = new Models.Bom();
bom.metadata.component = new Models.Component(Enums.ComponentType.Application, `xunjian-${image}`, {
  version,
  bomRef: `xunjian-${image}@${version}`,
  licenses: new Models.LicenseRepository([new Models.SpdxLicense('Apache-2.0')]),
});
const seen = new Set();
for (const { name, version: at, license, integrity = '' } of found) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${at}`;
  if (seen.has(purl)) continue;
  seen.add(purl);
  const hash = /^sha512-(\S+)/.exec(integrity)?.[1];
  bom.components.add(
    new Models.Component(Enums.ComponentType.Library, name, {
      version: at,
      purl,
      bomRef: purl,
      licenses: new Models.LicenseRepository([licenceOf(license)]),
      hashes: new Models.HashDictionary(hash ? [[Enums.HashAlgorithm['SHA-512'], Buffer.from(hash, 'base64').toString('hex')]] : []),
    }),
  );
}
const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
writeFileSync(join(folder, 'sbom.cdx.json'), `${serializer.serialize(bom, { sortLists: true, space: 1 })}\n`);

const rows = [...new Map(found.map((one) => [`${one.name}@${one.version}`, one])).values()];
const counts = Map.groupBy(rows, ({ license }) => license);
writeFileSync(
  join(folder, 'licences.md'),
  [
    `# xunjian-${image} ${version}: Apache-2.0`,
    '',
    `${rows.length} packages: ${[...counts]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([licence, { length }]) => `${licence} ${length}`)
      .join(
        ', ',
      )}. Their texts are in node_modules/*/LICENSE; those of ${bundled.map(({ name, text }) => `${name} in ${text}`).join(', ')}, of which parts are in files beside them.`,
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...rows.map(({ name, version: at, license }) => `| ${name} | ${at} | ${license} |`),
    '',
  ].join('\n'),
);
console.log(`${image}: ${rows.length} packages`);
