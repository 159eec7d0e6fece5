// Before everything else: the styles of components build on these.
import './app/styles/tokens.css'
import './app/styles/base.css'

import { createRoot } from 'react-dom/client'
import { hostOver } from '../shared/carrier'
import { App } from './app/App'
import { followAppearance } from './app/appearance'
import { stayHere } from './app/stay-here'
import { pageCarrier } from './host'
import { startI18n } from './locale/i18n'
import { useLayout } from './session/layout'

stayHere()
startI18n(useLayout.getState().language)
followAppearance()
createRoot(document.getElementById('root')!).render(<App host={hostOver(pageCarrier())} />)
