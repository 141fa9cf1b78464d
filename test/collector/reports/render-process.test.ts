import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { RenderProcess } from '../../../collector/reports/render-process.ts';
import { HOST_ONLY } from '../../reports/fixtures/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'xunjian-render-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a process that renders', () => {
  it('and was begun early is begun again when a signal ended it before it was asked', async () => {
    const model = join(folder, 'model.json');
    writeFileSync(model, JSON.stringify(HOST_ONLY));
    const file = join(folder, 'report.json');
    using renderer = new RenderProcess();
    const early = renderer.begin();
    early.kill('SIGKILL');
    await once(early, 'exit');
    await renderer.render({ model, kind: 's360', outputs: [{ format: 'json', locale: 'zh', file }] });
    expect(existsSync(file)).toBe(true);
  });
});
