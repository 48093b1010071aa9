int one = 1;
throw new Exception("not today");
