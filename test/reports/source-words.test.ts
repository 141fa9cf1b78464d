import { expect, it } from 'vitest';
import { CHECKS } from '../../agent/checks/index.ts';
import { citedWords, sourceWords } from '../../reports/source-words.ts';

it.each([
  ['kubelet failSwapOn (default true); ACK and Huawei CCE upgrade pre-checks', 'kubelet failSwapOn；ACK、华为 CCE 升级前检查'],
  ['practice: the scheduler places no further pod with such a volume at 100 %; CSINode allocatable.count', '实践经验；CSINode allocatable.count'],
  ['openEuler security baseline: at least 1', 'openEuler 安全基线'],
  ['popeye POP-707, kubeeye; 5 min by practice: plugins clear it within one', 'popeye POP-707；kubeeye；实践经验'],
  ['critical when none is left', '实践经验'],
  ['practice: resets and timeouts of ATA, SCSI and NVMe stall I/O for seconds and precede I/O errors', '实践经验'],
  ["openEuler lifecycle.md and the vendors' lifecycle pages", 'openEuler lifecycle.md、厂商生命周期页面'],
])('a Chinese reader is told the works that a threshold is from: %s', (source, words) => {
  expect(sourceWords(source, 'zh')).toBe(words);
  expect(sourceWords(source, 'en')).toBe(source);
});
it('no check of the catalogue tells a Chinese reader an English sentence, and none tells nothing', () => {
  const told = CHECKS.map(({ source }) => sourceWords(source, 'zh') ?? '');
  expect(told.filter((words) => words === '')).toEqual([]);
  expect(told.filter((words) => /\b(is|are|was|because|when|that|which|not|so that)\b/.test(words.replace(/“[^”]*”/g, '')))).toEqual([]);
});
it('no check of the catalogue tells an English reader a Chinese word', () => {
  expect(CHECKS.map(({ source }) => sourceWords(source, 'en') ?? '').filter((words) => /\p{Script=Han}/u.test(words))).toEqual([]);
});
it('a column names works alone, in either language', () => {
  const source = 'MySQL manual, Innodb_buffer_pool_reads; practice: 95 % hits; not judged before an hour and a million reads: a cold cache is no fault';
  expect(citedWords(source, 'en')).toBe('MySQL manual; Innodb_buffer_pool_reads; operating experience');
  expect(citedWords('practice: an instance of which no member answers serves nobody', 'en')).toBe('operating experience');
  expect(citedWords('practice: what was not looked at is not healthy', 'zh')).toBe('实践经验');
});
