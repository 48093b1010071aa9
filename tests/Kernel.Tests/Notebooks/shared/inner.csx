string Inner() => "inner";
