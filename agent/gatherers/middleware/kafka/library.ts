/** What is used of the library, in a file of its own, so that an installed agent carries and loads no more of it. */
import {
  apiVersionsV1,
  apiVersionsV3,
  describeConfigsV1,
  describeConfigsV4,
  describeLogDirsV1,
  describeLogDirsV4,
  describeQuorumV0,
  describeQuorumV1,
  describeQuorumV2,
  listGroupsV2,
  listGroupsV4,
  listOffsetsV2,
  listOffsetsV5,
  listOffsetsV7,
  metadataV5,
  metadataV9,
  metadataV12,
  offsetFetchV5,
  offsetFetchV7,
  offsetFetchV8,
  Reader,
  saslAuthenticateV0,
  saslAuthenticateV2,
  saslHandshakeV1,
  saslPlain,
  saslScramSha,
  Writer,
} from '@platformatic/kafka';

/** Everything that this program can ever ask a Kafka after signing in, the newest version first. */
export const REQUESTS = {
  metadata: [metadataV12.api, metadataV9.api, metadataV5.api],
  configs: [describeConfigsV4.api, describeConfigsV1.api],
  logDirs: [describeLogDirsV4.api, describeLogDirsV1.api],
  quorum: [describeQuorumV2.api, describeQuorumV1.api, describeQuorumV0.api],
  groups: [listGroupsV4.api, listGroupsV2.api],
  offsets: [offsetFetchV8.api, offsetFetchV7.api, offsetFetchV5.api],
  ends: [listOffsetsV7.api, listOffsetsV5.api, listOffsetsV2.api],
} as const;
/** And what comes before: what the broker knows, and signing in. */
export const GREETINGS = {
  versions: [apiVersionsV3.api, apiVersionsV1.api],
  handshake: saslHandshakeV1.api,
  authenticate: { newest: saslAuthenticateV2.api, oldest: saslAuthenticateV0.api },
} as const;
export const SASL = { plain: saslPlain, scram: saslScramSha } as const;

export function newMessage(): Writer {
  return Writer.create();
}
export function readerOf(message: Buffer): Reader {
  return Reader.from(message);
}
