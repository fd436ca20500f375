Console.WriteLine("usage: Load <scenario>");
