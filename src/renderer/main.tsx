import '@fontsource-variable/inter/wght.css'
import './ui/tokens.css'
import './ui/base.css'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { applyTheme } from './shell/theme.ts'

// Libraries that add a <style> (scroll lock under dialogs) may do so only with the page's nonce.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce
if (nonce) setNonce(nonce)

// Until the settings are here, the system's theme: the first frame must not flash in the other one.
applyTheme('system')

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(<App />)
