/** The parts of an image reference that checks look at. The reference itself goes nowhere. */
export interface ImageFacts {
  readonly latest: boolean;
  readonly untagged: boolean;
  readonly digest: boolean;
}

/** @param image e.g. `registry:5000/team/app:1.2@sha256:…` */
export function imageFacts(image: string): ImageFacts {
  const cut = image.indexOf('@');
  const digest = cut >= 0;
  const tagged = digest ? image.slice(0, cut) : image;
  const colon = tagged.lastIndexOf(':');
  const tag = colon > tagged.lastIndexOf('/') ? tagged.slice(colon + 1) : '';
  return { digest, latest: !digest && tag === 'latest', untagged: !digest && tag === '' };
}
