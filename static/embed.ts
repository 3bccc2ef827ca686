// The entry of the script of pages in other sites' frames, which have no other: nothing is kept there.
import { FrameHeight } from './embed/frame-height.ts'
import { MethodFlow } from './flow/flow.ts'

customElements.define('method-flow', MethodFlow)
customElements.define('frame-height', FrameHeight)
