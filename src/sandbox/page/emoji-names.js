/** The emoji that can be written by name, by Discord's first name for each. @type {readonly (readonly [string, string])[]} */
export const emojiNames =
  `thumbsup 👍, thumbsdown 👎, heart ❤️, tada 🎉, eyes 👀, bookmark 🔖, grinning 😀, joy 😂, open_mouth 😮, cry 😢, pray 🙏,
fire 🔥, white_check_mark ✅, x ❌, star ⭐, rocket 🚀, bulb 💡, pushpin 📌, smile 😄, slight_smile 🙂, wink 😉, thinking 🤔, sob 😭, sweat_smile 😅,
sunglasses 😎, clap 👏, wave 👋, muscle 💪, ok_hand 👌, raised_hands 🙌, 100 💯, sparkles ✨, question ❓, exclamation ❗, warning ⚠️,
bell 🔔, book 📖, books 📚, newspaper 📰, page_facing_up 📄, link 🔗, mag 🔍, brain 🧠, robot 🤖, coffee ☕, bug 🐛, wrench 🔧, lock 🔒,
calendar 📅, chart_with_upwards_trend 📈`
    .split(/,\s+/)
    .flatMap((entry) => {
      const [name, sign] = entry.split(' ');
      return name && sign ? [/** @type {const} */ ([name, sign])] : [];
    });
