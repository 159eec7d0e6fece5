import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { followAppearance } from './app/appearance'
import { hostOver } from '../shared/carrier'
import { pageCarrier } from './host'
import { startI18n } from './locale/i18n'
import { useLayout } from './session/layout'
import './app/styles/tokens.css'
import './app/styles/base.css'

startI18n(useLayout.getState().language)
followAppearance()
createRoot(document.getElementById('root')!).render(<App host={hostOver(pageCarrier())} />)
