import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from './temp-folder.ts'

it('can be entered by others, and is gone with all it holds at the end of the block', async () => {
  let kept = ''
  {
    await using folder = await tempFolder('temp')
    kept = folder.path
    expect((await stat(kept)).mode & 0o777).toBe(0o755)
    await writeFile(path.join(kept, 'file'), 'content')
  }
  await expect(stat(kept)).rejects.toThrow('ENOENT')
})
