/**
 * What a pod's specification alone tells of a TongWeb's licence: what kind of volume brings `license.dat`, and whether the path that an
 * embedded TongWeb was told leads anywhere. Pure; no ConfigMap or Secret is read, and no name or path is kept.
 */
import { at, listAt, quantity, textAt } from '../../../kube/read.ts';
import { optionsOf } from '../jvm/options.ts';
import type { TemplateMarks } from '../product.ts';

const LICENSE = 'license.dat';
const PATH_VARIABLE = 'SERVER_TONGWEB_LICENSE_PATH';
/** `-Dserver.tongweb.license.path=…` of the JVM, `--server.tongweb.license.path=…` of Spring Boot. */
const PATH_ARGUMENT = /(?:-D|--)server\.tongweb\.license\.path=["']?([^\s"']{1,1000})/;
const REMOTE = /(?:-D|--)server\.tongweb\.license\.type=remote\b/;
const MOST_LISTED = 200;

export type LicensePath = NonNullable<TemplateMarks['licensePath']>;

/** @param started command, arguments and options of Java of all its containers */
export function tongwebMarks(template: unknown, started: string): TemplateMarks {
  const spec = at(template, 'spec');
  const containers = listAt(spec, 'containers').slice(0, 50);
  const mounted = containers.map((container) => licenseMount(container, spec)).find((source) => source !== undefined);
  const path = containers.map((container) => pathTold(container, started)).find((told) => told !== undefined);
  const isEmbedded = PATH_ARGUMENT.test(started) || path !== undefined;
  const { heapStartBytes, heapMostBytes, metaspaceMostBytes } = optionsOf(started.split(/\s+/));
  const limits = containers.map((container) => quantity(at(container, 'resources', 'limits', 'memory')));
  return {
    heapStartBytes,
    heapMostBytes,
    metaspaceMostBytes,
    // Beside others it cannot be said whose Java the options are.
    memoryLimitBytes: containers.length === 1 && heapMostBytes !== undefined ? limits[0] : undefined,
    licenseFrom: mounted ?? 'other',
    ...(isEmbedded && { embedded: true, licensePath: REMOTE.test(started) || path === undefined ? undefined : whereLeads(path.text, path.container, spec) }),
  };
}

/** The volume that brings the file; `undefined` when none says so. */
function licenseMount(container: unknown, spec: unknown): TemplateMarks['licenseFrom'] {
  for (const mount of listAt(container, 'volumeMounts').slice(0, MOST_LISTED)) {
    const volume = volumeOf(spec, textAt(mount, 'name'));
    const isFile = [textAt(mount, 'mountPath'), textAt(mount, 'subPath')].some((path) => path === LICENSE || path?.endsWith(`/${LICENSE}`));
    for (const source of sourcesOf(volume)) {
      const listed = listAt(source.value, 'items').some((item) => textAt(item, 'path')?.endsWith(LICENSE) || textAt(item, 'key')?.endsWith(LICENSE));
      // Without items all keys are files: then only its name can tell what a whole object holds.
      const isNamed = /licen[sc]e/i.test(source.name) && listAt(source.value, 'items').length === 0 && textAt(mount, 'subPath') === undefined;
      if (isFile || listed || isNamed) return source.kind;
    }
    if (isFile) return 'volume';
  }
  return undefined;
}

interface Source {
  readonly kind: 'config-map' | 'secret';
  readonly name: string;
  readonly value: unknown;
}
/** ConfigMaps and Secrets of a volume, also those of a projected one. */
function sourcesOf(volume: unknown): readonly Source[] {
  const found: Source[] = [];
  const add = (kind: Source['kind'], value: unknown, name: string | undefined): void => {
    if (value !== undefined) found.push({ kind, name: name ?? '', value });
  };
  for (const one of [volume, ...listAt(volume, 'projected', 'sources').slice(0, 20)]) {
    add('config-map', at(one, 'configMap'), textAt(one, 'configMap', 'name'));
    add('secret', at(one, 'secret'), textAt(one, 'secret', 'secretName') ?? textAt(one, 'secret', 'name'));
  }
  return found;
}
function volumeOf(spec: unknown, name: string | undefined): unknown {
  return listAt(spec, 'volumes').find((volume) => textAt(volume, 'name') === name && name !== undefined);
}

interface Told {
  readonly text: string;
  readonly container: unknown;
}
function pathTold(container: unknown, started: string): Told | undefined {
  const argument = PATH_ARGUMENT.exec(started)?.[1];
  const variable = variableOf(container, PATH_VARIABLE);
  if (argument !== undefined) return { text: argument, container };
  return variable === undefined ? undefined : { text: variable ?? '\0', container };
}
/** Value of a variable of the container; `null` when it comes from elsewhere, `undefined` when there is none. */
function variableOf(container: unknown, name: string): string | null | undefined {
  const variable = listAt(container, 'env')
    .slice(0, MOST_LISTED)
    .find((one) => textAt(one, 'name') === name);
  if (variable === undefined) return undefined;
  return at(variable, 'valueFrom') === undefined ? (textAt(variable, 'value') ?? '') : null;
}

/** Where the path leads, as far as the specification says; `undefined` where only the container itself knows. */
function whereLeads(text: string, container: unknown, spec: unknown): LicensePath | undefined {
  if (text === '') return 'path-unresolved';
  const path = resolved(text, container);
  if (typeof path !== 'string') return path === null ? 'path-unresolved' : undefined;
  if (path.startsWith('classpath')) return 'in-package';
  const file = path.replace(/^file:(\/\/)?/, '');
  const base = textAt(container, 'workingDir');
  const absolute = file.startsWith('/') ? file : base === undefined ? undefined : `${base}/${file.replace(/^\.\//, '')}`;
  return absolute === undefined ? undefined : mountedAt(absolute, container, spec);
}
/** `${NAME}`, `${NAME:default}` of Spring and `$(NAME)` of Kubernetes, by the container's own variables; null when it names one that nothing sets. */
function resolved(text: string, container: unknown): string | null | undefined {
  if (text.includes('\0')) return undefined;
  let isOpen = false;
  let isUnresolved = false;
  const path = text.replaceAll(
    /\$\{([\w.-]{1,200})(?::([^}]*))?\}|\$\(([\w.-]{1,200})\)/g,
    (_whole, spring: string | undefined, otherwise: string | undefined, plain: string | undefined) => {
      const value = variableOf(container, spring ?? plain ?? '');
      if (value === null || (value === undefined && otherwise === undefined && listAt(container, 'envFrom').length > 0)) isOpen = true;
      else if (value === undefined && otherwise === undefined) isUnresolved = true;
      return value ?? otherwise ?? '';
    },
  );
  if (isOpen) return undefined;
  return isUnresolved ? null : path;
}

/** The mount that covers a file: it is there when its volume lists it, and cannot be there when the volume begins empty. */
function mountedAt(file: string, container: unknown, spec: unknown): LicensePath | undefined {
  const covering = listAt(container, 'volumeMounts')
    .slice(0, MOST_LISTED)
    .flatMap((mount) => {
      const path = (textAt(mount, 'mountPath') ?? '').replace(/\/+$/, '');
      return path !== '' && (file === path || file.startsWith(`${path}/`)) ? [{ mount, path }] : [];
    })
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  if (!covering) return 'in-package';
  const name = textAt(covering.mount, 'name');
  const volume = volumeOf(spec, name);
  if (at(volume, 'emptyDir') !== undefined) return isFilled(spec, name) ? 'mounted' : 'path-unresolved';
  const inside = [textAt(covering.mount, 'subPath'), file.slice(covering.path.length + 1)].filter((part) => part !== undefined && part !== '').join('/');
  const sources = sourcesOf(volume);
  const items = sources.flatMap(({ value }) => listAt(value, 'items'));
  const isListed = items.length === 0 || items.some((item) => textAt(item, 'path') === inside);
  return sources.length > 0 && !isListed ? 'path-unresolved' : 'mounted';
}
/** An init container may write into it. */
function isFilled(spec: unknown, volume: string | undefined): boolean {
  return listAt(spec, 'initContainers')
    .slice(0, 50)
    .some((container) => listAt(container, 'volumeMounts').some((mount) => textAt(mount, 'name') === volume));
}
