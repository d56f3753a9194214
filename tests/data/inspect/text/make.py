"""Writes plain texts in the encodings of old and new programs (虚构): python3 make.py"""
TEXT = "谈话笔录\r\n时间：2024年3月5日\r\n承办律师：李明\r\n受援人：丁一禾\r\n问：你应当如实陈述。\r\n答：听清楚了。\r\n受援人签名：\r\n\f第二页\r\n"
for name, encoding in [("gb18030", "gb18030"), ("utf8", "utf-8"), ("utf8-mark", "utf-8-sig"), ("utf16", "utf-16")]:
    with open(f"{name}.txt", "wb") as f:
        f.write(TEXT.encode(encoding))
