/** The site's two files: as given, else the agent's own, so that whoever asks in its place is told what it would send. */
export function siteFilesOf(
  { config, suppressions }: { readonly config?: string | undefined; readonly suppressions?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): { readonly config: string | undefined; readonly suppressions: string | undefined } {
  return { config: config ?? environment['XUNJIAN_SITE_CONFIG'], suppressions: suppressions ?? environment['XUNJIAN_SUPPRESSIONS'] };
}
