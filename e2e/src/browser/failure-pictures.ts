import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { tempFolder } from '@fettle/testing/temp-folder'
import type { Visitor } from './visitor.ts'

/** Keeps what everybody saw when a test failed, as a picture and as the page was built, and says where. */
export async function takeFailurePictures(visitors: readonly Visitor[]): Promise<void> {
  const folder = await tempFolder('failure')
  const pictures = visitors.map(async ({ page, username, complaints }, index) => {
    const file = path.join(folder.path, `${index}-${username}.png`)
    await writeFile(file.replace('.png', '.html'), await page.content())
    await page.screenshot({ path: file, fullPage: true })
    return [`${username} at ${page.url()}: ${file}`, ...complaints]
  })
  const taken = await Promise.allSettled(pictures)
  for (const each of taken) console.log(each.status === 'fulfilled' ? each.value.join('\n  ') : each.reason)
}
