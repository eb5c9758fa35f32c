"""What the house can carry, measured on the real server: `make bench`.

    bench.py    the figures, their bars and the table
    server.py   starts and stops the real server, runs the real command line
    weigh.py    runs one command in a process whose memory is that command's alone
    light.py    people who fill in the light form, over keep-alive connections
    disk.py     the yardstick: one-row durable commits of plain SQLite
    screen.py   browsers' side of Streamlit's websocket: visits, and a filled-in form
    phone.py    what a cold phone downloads
    bulk.py     generated organisations: tables of answers, and departments

Only standard-library SQLite counts what was stored, never the house's own code.
"""
