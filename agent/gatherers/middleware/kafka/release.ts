/** Which release a broker is, told by the requests that it knows: its protocol has no word for it. Pure. */

/** By id of the request, the newest version of it that the broker takes. */
export type ApiVersions = ReadonlyMap<number, number>;

/**
 * The newest first: the release that brought this version of this request. Read off `ApiKeys` of the kafka-clients jars
 * of every release from 2.0 to 4.4. 3.4 answers as 3.3 does.
 */
const BROUGHT: readonly (readonly [release: string, api: number, version: number])[] = [
  ['4.4', 18, 5],
  ['4.3', 35, 5],
  ['4.2', 2, 11],
  ['4.1', 1, 18],
  ['4.0', 3, 13],
  ['3.9', 1, 17],
  ['3.8', 10, 5],
  ['3.7', 1, 16],
  ['3.6', 24, 4],
  ['3.5', 1, 15],
  ['3.3', 35, 4],
  ['3.2', 11, 9],
  ['3.1', 3, 12],
  ['3.0', 2, 7],
  ['2.8', 3, 11],
  ['2.7', 1, 12],
  ['2.6', 32, 3],
  ['2.5', 9, 7],
  ['2.4', 18, 3],
  ['2.3', 1, 11],
  ['2.2', 2, 5],
  ['2.1', 1, 10],
  ['2.0', 3, 6],
];
/** DescribeQuorum: brokers and controllers with a quorum of their own know it, those that ask ZooKeeper do not. */
const DESCRIBE_QUORUM = 55;

/** `3.9` of 3.9.2: the patch is not told. */
export function releaseOf(apis: ApiVersions): string | undefined {
  return BROUGHT.find(([, api, version]) => (apis.get(api) ?? -1) >= version)?.[0];
}
export function modeOf(apis: ApiVersions): 'kraft' | 'zookeeper' {
  return apis.has(DESCRIBE_QUORUM) ? 'kraft' : 'zookeeper';
}

/** The version that the image or the package names goes before what is inferred, when both are the same release. */
export function versionOf(inferred: string | undefined, named: string | undefined): string | undefined {
  return inferred === undefined || named === undefined || !named.startsWith(`${inferred}.`) ? inferred : named;
}
