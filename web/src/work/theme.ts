/** The design tokens, handed to antd: one look for our own parts and for its. */
import { theme as antd, type ThemeConfig } from 'antd'
import { isStill } from '../shared/motion'
import { token, type Theme } from '../shared/theme'

function colours(): ThemeConfig['token'] {
  const accent = token('accent')
  return {
    colorPrimary: accent,
    colorInfo: accent,
    colorLink: accent,
    colorLinkHover: accent,
    colorSuccess: token('ok'),
    colorWarning: token('watch'),
    colorError: token('breach'),
    colorText: token('tx1'),
    colorTextSecondary: token('tx2'),
    colorTextTertiary: token('tx3'),
    colorTextQuaternary: token('tx3'),
    colorTextPlaceholder: token('tx3'),
    colorTextDescription: token('tx3'),
    colorTextDisabled: token('tx3'),
    colorIcon: token('tx3'),
    colorTextLightSolid: token('on-accent'),
    colorBgLayout: token('bg0'),
    colorBgContainer: token('bg1'),
    colorBgElevated: token('bg1'),
    colorBgContainerDisabled: token('bg2'),
    colorBorder: token('line2'),
    colorBorderSecondary: token('line'),
    colorSplit: token('line'),
    controlItemBgActive: token('accent-bg'),
    controlItemBgActiveHover: token('accent-bg'),
    controlItemBgHover: token('bg2'),
  }
}

/** Reads the tokens as the document has them now, so it must run after the theme was marked on the document. */
export function deskTheme(theme: Theme): ThemeConfig {
  return {
    algorithm: theme === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    cssVar: { key: 'hexi' },
    hashed: false,
    token: {
      ...colours(),
      borderRadius: 4,
      borderRadiusLG: 6,
      fontSize: 14,
      controlHeight: 34,
      fontFamily: 'var(--font)',
      // Without animation antd must know it: a dialog waiting for the end of one that never runs stays invisible.
      motion: !isStill(),
      motionDurationMid: '0.14s',
      motionDurationSlow: '0.2s',
    },
    components: {
      // A button that waits for its answer shows a spinner; its words stay as easy to read as before.
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', primaryColor: token('on-accent'), opacityLoading: 1 },
      Form: { labelColor: token('tx2'), itemMarginBottom: 14, verticalLabelPadding: '0 0 4px' },
      Modal: { titleFontSize: 18 },
    },
  }
}
