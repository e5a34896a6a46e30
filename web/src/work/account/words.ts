/** Words of the reader’s own account. */
import { texts } from '../../shared/i18n'

export const accountWords = texts({
  menu: ['账号菜单', 'Account menu'],
  password: ['修改密码', 'Change password'],
  oldPassword: ['当前密码', 'Current password'],
  newPassword: ['新密码', 'New password'],
  repeatPassword: ['再输一次新密码', 'New password again'],
  mismatch: ['两次输入的新密码不一样', 'The two new passwords differ'],
  passwordDone: ['密码已修改。', 'The password is changed.'],
  otp: ['动态验证码', 'One-time code'],
  otpOn: ['已启用动态验证码，登录时需要手机上的 6 位数字。', 'Switched on: signing in needs the 6 digits from your phone.'],
  otpOff: [
    '尚未启用。启用后，登录除密码外还要手机上的 6 位数字。',
    'Not switched on. Once on, signing in needs the password and 6 digits from your phone.',
  ],
  otpStart: ['启用', 'Switch on'],
  otpScan: [
    '用手机上的身份验证器扫描二维码，再填写它显示的 6 位数字。',
    'Scan the code with the authenticator on your phone, then enter the 6 digits that it shows.',
  ],
  otpSecret: ['不能扫码时，手工输入密钥', 'If you cannot scan, type this key'],
  otpConfirm: ['确认启用', 'Confirm'],
  otpRemove: ['停用', 'Switch off'],
  otpDone: ['动态验证码已启用。', 'The one-time code is switched on.'],
  otpRemoved: ['动态验证码已停用。', 'The one-time code is switched off.'],
  signOut: ['退出登录', 'Sign out'],
  posts: ['我的岗位', 'My posts'],
})
