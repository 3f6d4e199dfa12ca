import { startInstance } from './instance.ts'
import { tellFanStory } from './story/fan-story.ts'

tellFanStory(() => startInstance({ demo: true }))
