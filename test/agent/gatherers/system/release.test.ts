import { describe, expect, it } from 'vitest';
import { parseRelease } from '../../../../agent/gatherers/host/system/release.ts';
import { parseAssignments } from '../../../../agent/host/parse.ts';

function release(osRelease: string, vendorFile?: string) {
  const { distribution, versionId, release: full } = parseRelease(parseAssignments(osRelease), vendorFile);
  return [distribution, versionId, full];
}

describe('the release of a system', () => {
  it.each([
    [
      'openEuler 22.03 SP3',
      'NAME="openEuler"\nVERSION="22.03 (LTS-SP3)"\nID="openEuler"\nVERSION_ID="22.03"\nPRETTY_NAME="openEuler 22.03 (LTS-SP3)"\nANSI_COLOR="0;31"\n',
      undefined,
      ['openeuler', '22.03', '22.03-lts-sp3'],
    ],
    ['openEuler 20.03 LTS', 'NAME="openEuler"\nVERSION="20.03 (LTS)"\nID="openEuler"\nVERSION_ID="20.03"\n', undefined, ['openeuler', '20.03', '20.03-lts']],
    ['openEuler innovation', 'VERSION="25.09"\nID="openEuler"\nVERSION_ID="25.09"\n', undefined, ['openeuler', '25.09', '25.09']],
    [
      'openEuler told by openEuler-latest',
      'VERSION="22.03"\nID="openEuler"\nVERSION_ID="22.03"\n',
      'openeulerversion=openEuler-22.03-LTS-SP4\ncompiletime=2024-06-27-20-54-41\ngccversion=10.3.1-49\nkernelversion=5.10.0-216.0.0.115\n',
      ['openeuler', '22.03', '22.03-lts-sp4'],
    ],
    ['Kylin V10 SP3 by code name', 'NAME="Kylin Linux Advanced Server"\nVERSION="V10 (Lance)"\nID="kylin"\nVERSION_ID="V10"\n', undefined, ['kylin', 'v10', 'v10-sp3']],
    [
      'Kylin V10 SP2 by product file',
      'NAME="Kylin Linux Advanced Server"\nVERSION="V10 (Unheard)"\nID="kylin"\nVERSION_ID="V10"\n',
      'Kylin Linux Advanced Server\nrelease V10 (SP2) /(Sword)-x86_64-Build09/20210524\n',
      ['kylin', 'v10', 'v10-sp2'],
    ],
    [
      'UOS',
      'PRETTY_NAME="UOS Server 20"\nNAME="UOS Server 20"\nVERSION_ID="20"\nVERSION="20"\nID=uos\n',
      '[Version]\nSystemName=UOS Server\nEditionName=a\nMajorVersion=20\nMinorVersion=1060\nOsBuild=12038.106.100\n',
      ['uos', '20', '20.1060'],
    ],
    [
      'CentOS 7',
      'NAME="CentOS Linux"\nVERSION="7 (Core)"\nID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="7"\n',
      'CentOS Linux release 7.9.2009 (Core)\n',
      ['centos', '7', '7.9.2009'],
    ],
    ['CentOS Stream', 'NAME="CentOS Stream"\nVERSION="9"\nID="centos"\nVERSION_ID="9"\n', undefined, ['centos-stream', '9', '9']],
    ['Red Hat', 'NAME="Red Hat Enterprise Linux"\nVERSION="8.9 (Ootpa)"\nID="rhel"\nVERSION_ID="8.9"\n', 'Red Hat Enterprise Linux release 8.9 (Ootpa)\n', ['rhel', '8.9', '8.9']],
    ['Ubuntu', 'NAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION="22.04.3 LTS (Jammy Jellyfish)"\nID=ubuntu\nID_LIKE=debian\n', undefined, ['ubuntu', '22.04', '22.04.3-lts']],
    ['Debian', 'NAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nID=debian\n', '12.11\n', ['debian', '12', '12.11']],
    ['Debian testing', 'NAME="Debian GNU/Linux"\nID=debian\n', 'trixie/sid\n', ['debian', undefined, undefined]],
    ['SLES', 'NAME="SLES"\nVERSION="15-SP5"\nVERSION_ID="15.5"\nID="sles"\n', undefined, ['sles', '15.5', '15-sp5']],
    ['TencentOS', "NAME='TencentOS Server'\nVERSION='3.1 (Final)'\nID='tencentos'\nVERSION_ID='3.1'\n", undefined, ['tencentos', '3.1', '3.1']],
    ['a system of somebody', 'NAME="Acme Bank Linux"\nID=acmebank\nVERSION_ID="7 for Ms Wang"\n', undefined, ['other', '7-x-x-x', '7-x-x-x']],
    ['nothing', '', undefined, ['other', undefined, undefined]],
    ['a name of Object', 'ID=constructor\nVERSION_ID=__proto__\n', undefined, ['other', undefined, undefined]],
  ])('reads %s', (_name, osRelease, vendorFile, wanted) => {
    expect(release(osRelease, vendorFile)).toEqual(wanted);
  });
});
