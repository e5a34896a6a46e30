/** Words of the sign-in page. */
import { texts } from '../../shared/i18n'

export const signInWords = texts({
  title: ['登录工作台', 'Sign in to the desk'],
  username: ['用户名', 'User name'],
  password: ['密码', 'Password'],
  otp: ['动态验证码', 'One-time code'],
  otpHelp: ['打开手机上的身份验证器，填写 6 位数字', 'Open the authenticator on your phone and enter its 6 digits'],
  submit: ['登录', 'Sign in'],
  oidc: ['用统一身份认证登录', 'Sign in with the district account'],
  wrong: ['用户名或密码不对。', 'The user name or the password is wrong.'],
  wrongOtp: ['验证码不对或已过期，请填写新的一组。', 'The code is wrong or has expired. Enter the next one.'],
  locked: ['连续输错次数过多，账号已暂时锁定。{time} 后可再试。', 'Too many wrong attempts: the account is locked. Try again in {time}.'],
  unlocked: ['可以再次登录了。', 'You can sign in again.'],
  needUsername: ['请填写用户名', 'Enter the user name'],
  needPassword: ['请填写密码', 'Enter the password'],
  needOtp: ['请填写 6 位验证码', 'Enter the 6 digits'],
  failed: ['登录没有成功：{why}', 'Signing in did not work: {why}'],
  demo: ['演示账号', 'Demo accounts'],
  demoHelp: ['这是演示环境，点一行即可填入', 'This is a demo. Choose a row to fill it in'],
  demoStop: ['。', '. '],
  demoPassword: ['密码 {password}', 'Password {password}'],
  other: ['换一个账号', 'Use another account'],
  ended: ['登录已失效，请重新登录。', 'Your session has ended. Sign in again.'],
})
